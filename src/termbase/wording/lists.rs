//! Many short lists without an allocation for each.

use serde::{Deserialize, Serialize};

/// Lists by their numbers, one behind the other.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Lists<T> {
    all: Vec<T>,
    /// Where each ends.
    ends: Vec<u32>,
}

impl<T: Copy + Default> Lists<T> {
    /// So many lists: each value is put into the one whose number stands before it, in order.
    pub fn grouped(count: usize, values: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut ends: Vec<u32> = vec![0; count];
        values.clone().for_each(|it| ends[it.0 as usize] += 1);
        // First where each begins; with its last value it is where it ends.
        let mut next = 0;
        for it in &mut ends {
            (*it, next) = (next, next + *it);
        }
        let mut all = vec![T::default(); next as usize];
        for (number, value) in values {
            let place = &mut ends[number as usize];
            all[*place as usize] = value;
            *place += 1;
        }
        Lists { all, ends }
    }

    /// The list with a number; an empty one where there is none.
    pub fn get(&self, number: u32) -> &[T] {
        let Some(&end) = self.ends.get(number as usize) else { return &[] };
        let from = number.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.all[from as usize..end as usize]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &[T]> + Clone {
        (0..self.len() as u32).map(|number| self.get(number))
    }

    /// What stands in them.
    pub fn values(&self) -> &[T] {
        &self.all
    }

    /// Adds a list.
    pub fn push(&mut self, list: &[T]) {
        self.all.extend_from_slice(list);
        self.ends.push(self.all.len() as u32);
    }

    /// Makes room for the values of others, and for no more.
    pub fn reserve_for(&mut self, others: &Lists<T>) {
        self.all.reserve_exact(others.all.len());
    }

    /// Gives back what room there is for more.
    pub fn shrink(&mut self) {
        self.all.shrink_to_fit();
    }
}
